-- DropIndex
DROP INDEX "title_series_id_idx";
