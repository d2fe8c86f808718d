# Every environment that can be read, in search of one that is not our own.
for file in /proc/*/environ /proc/*/task/*/environ; do
	if tr '\0' '\n' <"$file" 2>/dev/null | grep -v '^PATH=\|^PWD=\|^OLDPWD=\|^_=\|^ASSAY_ATTACK='; then echo "BREACH: $file"; fi
done
echo HELD
