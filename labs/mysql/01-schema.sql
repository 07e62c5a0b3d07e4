-- Runs once, when the volume of MySQL is empty.
CREATE USER 'debezium'@'%' IDENTIFIED BY 'debezium';
GRANT SELECT, RELOAD, SHOW DATABASES, REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO 'debezium'@'%';

USE inventory;

CREATE TABLE warehouses (
    id   BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    code VARCHAR(16) NOT NULL UNIQUE,
    city VARCHAR(64) NOT NULL
);

CREATE TABLE stock (
    warehouse_id BIGINT NOT NULL,
    sku          VARCHAR(16) NOT NULL,
    quantity     INT NOT NULL,
    updated_at   TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
    PRIMARY KEY (warehouse_id, sku),
    FOREIGN KEY (warehouse_id) REFERENCES warehouses (id)
);

INSERT INTO warehouses (code, city) VALUES ('AMS-1', 'Amsterdam'), ('BER-1', 'Berlin'), ('PRG-1', 'Prague');

INSERT INTO stock (warehouse_id, sku, quantity)
WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 20)
SELECT w.id, CONCAT('SKU-', LPAD(n, 4, '0')), 10 * n
FROM warehouses AS w
CROSS JOIN numbers;
