# Init's namespaces, by the system's own program.
nsenter --target 1 --mount --user --root id && echo BREACH: init\'s namespaces were entered
echo HELD
