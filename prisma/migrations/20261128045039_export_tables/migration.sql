-- CreateEnum
CREATE TYPE "FileUse" AS ENUM ('USED', 'EMPTY', 'PRIVATE', 'UNKNOWN', 'UNREADABLE');

-- CreateEnum
CREATE TYPE "ExportTable" AS ENUM ('VIEWING_ACTIVITY', 'VIEWING_HISTORY', 'PROFILES', 'RATINGS', 'MY_LIST', 'INDICATED_PREFERENCES', 'SEARCH_HISTORY', 'PLAYBACK_EVENTS', 'CLICKSTREAM', 'INTERACTIVE_TITLES', 'GAME_SESSIONS', 'DEVICES', 'BILLING');

-- CreateTable
CREATE TABLE "imported_file" (
    "account_id" UUID NOT NULL,
    "import_id" UUID NOT NULL,
    "place" INTEGER NOT NULL,
    "path" TEXT NOT NULL,
    "use" "FileUse" NOT NULL,
    "export_table" "ExportTable",
    "note" TEXT,
    "rows_read" INTEGER NOT NULL DEFAULT 0,
    "rows_imported" INTEGER NOT NULL DEFAULT 0,
    "rows_rejected" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "imported_file_pkey" PRIMARY KEY ("account_id","import_id","place")
);

-- CreateTable
CREATE TABLE "export_row" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "import_id" UUID NOT NULL,
    "profile_id" UUID,
    "export_table" "ExportTable" NOT NULL,
    "at" TIMESTAMPTZ(3),
    "raw_title" TEXT,
    "details" JSONB NOT NULL,

    CONSTRAINT "export_row_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "export_row_import" (
    "account_id" UUID NOT NULL,
    "import_id" UUID NOT NULL,
    "row_id" UUID NOT NULL,

    CONSTRAINT "export_row_import_pkey" PRIMARY KEY ("account_id","import_id","row_id")
);

-- CreateIndex
CREATE INDEX "export_row_account_id_export_table_profile_id_at_idx" ON "export_row"("account_id", "export_table", "profile_id", "at");

-- CreateIndex
CREATE INDEX "export_row_account_id_import_id_profile_id_idx" ON "export_row"("account_id", "import_id", "profile_id");

-- CreateIndex
CREATE INDEX "export_row_import_account_id_row_id_idx" ON "export_row_import"("account_id", "row_id");

-- AddForeignKey
ALTER TABLE "imported_file" ADD CONSTRAINT "imported_file_account_id_import_id_fkey" FOREIGN KEY ("account_id", "import_id") REFERENCES "import"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;


-- Imports from before had one file each.
INSERT INTO imported_file (account_id, import_id, place, path, use, export_table, note, rows_read, rows_imported, rows_rejected)
SELECT account_id, id, 0, file_name, (CASE WHEN status = 'FAILED' THEN 'UNREADABLE' ELSE 'USED' END)::"FileUse",
  (CASE format WHEN 'NETFLIX_VIEWING_HISTORY' THEN 'VIEWING_HISTORY' ELSE 'VIEWING_ACTIVITY' END)::"ExportTable",
  error_message, rows_read, rows_imported, rows_rejected
FROM import;

UPDATE import SET recognised = jsonb_build_object('isArchive', false, 'files', jsonb_build_array(jsonb_build_object(
  'place', 0, 'path', file_name, 'bytes', bytes_total, 'layout', recognised)))
WHERE status IN ('QUEUED', 'RUNNING');
