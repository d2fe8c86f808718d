# The shell's own way of raising limits.
for limit in n f s t m l c; do
	hard=$(ulimit -H -$limit 2>/dev/null) || continue
	[ "$hard" = unlimited ] && continue
	if ulimit -H -$limit unlimited 2>/dev/null; then echo "BREACH: limit $limit was raised"; fi
	if ulimit -H -$limit $((hard + 1)) 2>/dev/null; then echo "BREACH: limit $limit was raised by one"; fi
done
echo HELD
