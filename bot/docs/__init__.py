"""Pages of docs/ that are written from the code, so that they cannot grow old; tests/test_docs.py compares them."""
