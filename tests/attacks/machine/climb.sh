# Ways up: links to the root, to init's root, and through descriptors.
ln -s / /tmp/top && ln -s /proc/1/root /tmp/init && ln -s /proc/self/fd /tmp/fd
cd -P /tmp/top/../../.. || exit 1
for path in /tmp/top/etc/passwd /tmp/top/../etc/passwd /tmp/init/etc/passwd ../../etc/passwd /tmp/fd/../root/etc/passwd \
	/proc/self/cwd/etc/passwd /proc/self/root/etc/shadow //etc/passwd; do
	[ -e "$path" ] && echo "BREACH: $path is there"
done
echo HELD
