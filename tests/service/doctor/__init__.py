"""The checks of ./start.sh doctor: each is seen to fail where the thing itself is broken."""
