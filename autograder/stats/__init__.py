"""Statistics of checks: how hard, how telling, how consistent, and what students believe. Pure arithmetic."""
