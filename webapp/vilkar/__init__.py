"""vilkar: vedtak, vilkår, what the bruker says of them."""
