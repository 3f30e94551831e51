"""The offline default engine."""
