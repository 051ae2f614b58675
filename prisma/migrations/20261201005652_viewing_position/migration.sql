-- AlterTable
ALTER TABLE "viewing" ADD COLUMN     "position_seconds" INTEGER;
