"""The versions the tables have had, one script each; `engine.store.schema` runs them."""
