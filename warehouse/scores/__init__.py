"""A round's results between the warehouse and `scoring`: fetched, saved, marks recorded."""
