# Ways up: links to the root, to init's root, and through descriptors.
ln -s / /tmp/root && ln -s /proc/1/root /tmp/init && ln -s /proc/self/fd /tmp/fd
cd -P /tmp/root/../../.. || exit 1
for path in /tmp/root/etc/passwd /tmp/root/../etc/passwd /tmp/init/etc/passwd ../../etc/passwd /tmp/fd/../root/etc/passwd \
	/proc/self/cwd/etc/passwd /proc/self/root/etc/shadow //etc/passwd; do
	[ -e "$path" ] && echo "BREACH: $path is there"
done
echo HELD
