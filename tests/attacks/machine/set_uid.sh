# A set-uid program of one's own making.
cp /usr/bin/id /tmp/id && chmod 6755 /tmp/id || exit 1
[ "$(/tmp/id -u)" = 1000 ] && [ "$(/tmp/id -ru)" = 1000 ] && [ "$(/tmp/id -G)" = 1000 ] || echo "BREACH: $(/tmp/id)"
echo HELD
