"""How fast `extract` is, beside what else reads numbers in Chinese text: `python -m benchmarks`."""
