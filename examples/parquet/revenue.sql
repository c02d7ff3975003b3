SELECT customer, count(*) AS orders, sum(total) AS revenue, max(placed_at) AS latest
FROM orders
GROUP BY customer
ORDER BY revenue DESC
