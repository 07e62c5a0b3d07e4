-- Created as the role that the connector uses, so that `publication.autocreate.mode=filtered` may change it later.
SET ROLE debezium;
CREATE PUBLICATION dbz_publication FOR TABLE orders, customers, products;
RESET ROLE;
