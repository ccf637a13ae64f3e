"""What central does, one function a use case, each inside one transaction.

Every function takes the transaction, who asks and what time it is; none reads a clock, the network or a file.
"""
