"""What this site and this machine are: schema, loading, saving, examples, words in two languages."""
