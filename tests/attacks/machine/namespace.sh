# Root in a namespace of one's own, by the system's own program.
unshare --user --map-root-user --mount id && echo BREACH: a namespace was had
echo HELD
