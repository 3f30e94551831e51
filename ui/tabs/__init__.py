"""The tabs of the page: components, and what clicks do."""
