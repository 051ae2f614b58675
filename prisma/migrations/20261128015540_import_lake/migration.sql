-- AlterTable
ALTER TABLE "import" ADD COLUMN     "lake_id" UUID;
