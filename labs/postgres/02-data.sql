INSERT INTO customers (name, email)
SELECT 'Customer ' || n, 'customer' || n || '@example.com'
FROM generate_series(1, 50) AS n;

INSERT INTO products (sku, name, price)
SELECT 'SKU-' || lpad(n::text, 4, '0'), 'Product ' || n, 5 + n * 1.25
FROM generate_series(1, 20) AS n;

INSERT INTO orders (customer_id, product_id, quantity, amount)
SELECT 1 + n % 50, p.id, 1 + n % 5, (1 + n % 5) * p.price
FROM generate_series(1, 200) AS n
JOIN products AS p ON p.id = 1 + n % 20;
