"""Train what the product ships weights of: the judge, and the space that jobs are compared in."""
