# Output without an end, from several at once.
yes one & yes two & yes three >&2
