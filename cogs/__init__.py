"""The conversation: one file a capability, written once for every platform."""
