-- CreateEnum
CREATE TYPE "ImportStatus" AS ENUM ('QUEUED', 'RUNNING', 'COMPLETED', 'FAILED');

-- CreateEnum
CREATE TYPE "MatchStatus" AS ENUM ('READ', 'MATCHED', 'AMBIGUOUS', 'UNMATCHED', 'CORRECTED');

-- CreateEnum
CREATE TYPE "TitleKind" AS ENUM ('MOVIE', 'SERIES', 'SEASON', 'EPISODE');

-- CreateTable
CREATE TABLE "account" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "profile" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "time_zone_assumed" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "profile_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "import" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "sha256" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "status" "ImportStatus" NOT NULL DEFAULT 'QUEUED',
    "error_code" TEXT,
    "error_message" TEXT,
    "format" TEXT NOT NULL,
    "recognised" JSONB NOT NULL,
    "date_order" TEXT,
    "date_order_reason" TEXT,
    "profile_name" TEXT,
    "asked_date_order" TEXT,
    "asked_time_zone" TEXT,
    "bytes_total" BIGINT NOT NULL,
    "bytes_read" BIGINT NOT NULL DEFAULT 0,
    "rows_read" INTEGER NOT NULL DEFAULT 0,
    "rows_imported" INTEGER NOT NULL DEFAULT 0,
    "rows_duplicate" INTEGER NOT NULL DEFAULT 0,
    "rows_rejected" INTEGER NOT NULL DEFAULT 0,
    "rows_supplemental" INTEGER NOT NULL DEFAULT 0,
    "batches_done" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "leased_by" UUID,
    "leased_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "import_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "rejected_row" (
    "account_id" UUID NOT NULL,
    "import_id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "content" TEXT NOT NULL,

    CONSTRAINT "rejected_row_pkey" PRIMARY KEY ("account_id","import_id","file_name","line")
);

-- CreateTable
CREATE TABLE "viewing" (
    "account_id" UUID NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "profile_id" UUID NOT NULL,
    "match_id" UUID NOT NULL,
    "import_id" UUID NOT NULL,
    "ordered_at" TIMESTAMPTZ(0) NOT NULL,
    "watched_on" DATE NOT NULL,
    "occurrence" SMALLINT NOT NULL DEFAULT 0,
    "seconds" INTEGER NOT NULL DEFAULT -1,
    "accidental" BOOLEAN NOT NULL DEFAULT false,
    "supplemental" BOOLEAN NOT NULL DEFAULT false,
    "covered" BOOLEAN NOT NULL DEFAULT false,
    "device" TEXT,
    "country" CHAR(2),

    CONSTRAINT "viewing_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "viewing_import" (
    "account_id" UUID NOT NULL,
    "import_id" UUID NOT NULL,
    "viewing_id" BIGINT NOT NULL,

    CONSTRAINT "viewing_import_pkey" PRIMARY KEY ("account_id","import_id","viewing_id")
);

-- CreateTable
CREATE TABLE "match" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "raw_title" TEXT NOT NULL,
    "status" "MatchStatus" NOT NULL DEFAULT 'READ',
    "title_id" UUID,
    "evidence" TEXT NOT NULL,

    CONSTRAINT "match_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "title" (
    "id" UUID NOT NULL,
    "account_id" UUID,
    "kind" "TitleKind" NOT NULL,
    "name" TEXT NOT NULL,
    "series_id" UUID,
    "season_id" UUID,
    "season_number" INTEGER,
    "episode_number" INTEGER,
    "netflix_label" TEXT,
    "joined_to_id" UUID,

    CONSTRAINT "title_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "account_name_key" ON "account"("name");

-- CreateIndex
CREATE UNIQUE INDEX "profile_account_id_name_key" ON "profile"("account_id", "name");

-- CreateIndex
CREATE INDEX "import_status_created_at_idx" ON "import"("status", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "viewing_natural_key" ON "viewing"("account_id", "profile_id", "ordered_at", "match_id", "seconds", "occurrence");

-- CreateIndex
CREATE INDEX "viewing_import_account_id_viewing_id_idx" ON "viewing_import"("account_id", "viewing_id");

-- CreateIndex
CREATE INDEX "title_series_id_idx" ON "title"("series_id");

-- AddForeignKey
ALTER TABLE "profile" ADD CONSTRAINT "profile_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import" ADD CONSTRAINT "import_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rejected_row" ADD CONSTRAINT "rejected_row_account_id_import_id_fkey" FOREIGN KEY ("account_id", "import_id") REFERENCES "import"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
