-- Two databases on one server: the warehouse, and Dagster's own record of runs. Run as the server's superuser.
-- Passwords are asked for by psql: \password cchc
CREATE ROLE cchc LOGIN;
CREATE DATABASE cchc OWNER cchc ENCODING 'UTF8' TEMPLATE template0;
CREATE DATABASE cchc_dagster OWNER cchc ENCODING 'UTF8' TEMPLATE template0;
-- The role of those who only read; `cchc init --reader` gives it the marts, and cchc may let people into it.
CREATE ROLE cchc_reader NOLOGIN;
GRANT cchc_reader TO cchc WITH ADMIN OPTION;
