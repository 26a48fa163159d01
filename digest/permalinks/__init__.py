"""Names and addresses that last: the file ``permalinks.jsonl``, and finding its entries again."""
