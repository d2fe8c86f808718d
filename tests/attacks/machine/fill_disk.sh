# The scratch folder to the last byte, in files that are each within the limit.
number=0
while dd if=/dev/zero of=/tmp/part.$number bs=1M count=2 2>/dev/null; do
	number=$((number + 1))
	[ $number -lt 2000 ] || { echo BREACH: 4 GiB of disk were had; exit 1; }
done
echo HELD
