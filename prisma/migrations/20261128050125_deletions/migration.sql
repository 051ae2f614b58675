-- AlterTable
ALTER TABLE "account" ADD COLUMN     "deleting_since" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "import" ADD COLUMN     "original_kept" BOOLEAN NOT NULL DEFAULT true;

-- AlterTable
ALTER TABLE "profile" ADD COLUMN     "deleting_since" TIMESTAMPTZ(3);
