-- CreateEnum
CREATE TYPE "MatchingStatus" AS ENUM ('QUEUED', 'RUNNING', 'COMPLETED', 'FAILED');

-- AlterTable
ALTER TABLE "match" ADD COLUMN     "candidates" JSONB,
ADD COLUMN     "catalogue_title_id" UUID,
ADD COLUMN     "confidence" DOUBLE PRECISION,
ADD COLUMN     "first_year" SMALLINT,
ADD COLUMN     "longest_seconds" INTEGER,
ADD COLUMN     "match_evidence" TEXT,
ADD COLUMN     "matched_with" TEXT,
ADD COLUMN     "shown_title_id" UUID;

-- AlterTable
ALTER TABLE "title" ADD COLUMN     "end_year" SMALLINT,
ADD COLUMN     "episodes_from" TEXT,
ADD COLUMN     "imdb_id" TEXT,
ADD COLUMN     "runtime_minutes" INTEGER,
ADD COLUMN     "vote_count" INTEGER,
ADD COLUMN     "year" SMALLINT;

-- CreateTable
CREATE TABLE "correction" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "raw_title" TEXT NOT NULL,
    "work_id" TEXT,
    "episode_id" TEXT,

    CONSTRAINT "correction_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "matching" (
    "account_id" UUID NOT NULL,
    "status" "MatchingStatus" NOT NULL DEFAULT 'QUEUED',
    "again" BOOLEAN NOT NULL DEFAULT false,
    "strings_total" INTEGER NOT NULL DEFAULT 0,
    "strings_done" INTEGER NOT NULL DEFAULT 0,
    "matched_with" TEXT,
    "changes" JSONB,
    "error_code" TEXT,
    "error_message" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "leased_by" UUID,
    "leased_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "matching_pkey" PRIMARY KEY ("account_id")
);

-- CreateIndex
CREATE INDEX "matching_status_created_at_idx" ON "matching"("status", "created_at");

-- AddForeignKey
ALTER TABLE "correction" ADD CONSTRAINT "correction_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "matching" ADD CONSTRAINT "matching_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Strings of before are as they were read.
UPDATE "match" SET "shown_title_id" = "title_id";

-- Of shared titles alone: an entry for every title that has none would be most of the index.
CREATE UNIQUE INDEX "title_imdb_id_key" ON "title"("imdb_id") WHERE "imdb_id" IS NOT NULL;
