-- AlterTable
ALTER TABLE "title" ADD COLUMN     "catalogue_series_id" UUID;
