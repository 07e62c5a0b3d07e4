"""Engine ``merman`` and its private parts; nothing outside this folder imports merman."""
