"""The records for other services: JSON, tables, JSON-LD, CPSV-AP and HSDS."""
