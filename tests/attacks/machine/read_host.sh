# What a look around tells: users, homes, other people's processes, the kernel's folders.
for path in /etc/passwd /etc/shadow /etc/hostname /etc/resolv.conf /proc/1/environ /proc/1/cmdline /proc/1/comm /proc/version /proc/mounts \
	/proc/net/dev /proc/sys/kernel/hostname /proc/kallsyms /proc/kmsg /sys/class/net /sys/fs/cgroup /sys/kernel/debug \
	/dev/mem /dev/kmsg /dev/sda /dev/vda /dev/kvm /dev/fuse /dev/userfaultfd /dev/net/tun /run/docker.sock; do
	if cat "$path" 2>/dev/null | grep -q .; then echo "BREACH: $path was read"; fi
	if [ -e "$path" ] && [ "${path#/proc/1}" = "$path" ]; then echo "BREACH: $path is there"; fi
done
for folder in /home /root /var /srv /opt /media /mnt /sys /run /boot ~ ~root ~nobody; do
	if [ "$folder" != /tmp ] && ls "$folder" >/dev/null 2>&1; then echo "BREACH: $folder was listed"; fi
done
for process in /proc/[0-9]*; do
	[ "$process" = /proc/1 ] || [ "$process" = /proc/$$ ] || grep -qz '^/bin/sh\|^sh' "$process/cmdline" 2>/dev/null ||
		! [ -e "$process" ] || echo "BREACH: $process is somebody else's"
done
echo HELD
