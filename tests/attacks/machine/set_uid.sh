# A set-uid program of one's own making.
cp /usr/bin/id /tmp/id && chmod 6755 /tmp/id || exit 1
for option in -u -ru -g -rg; do
	[ "$(/tmp/id $option)" = 1000 ] || echo "BREACH: id $option says $(/tmp/id $option)"
done
echo HELD
