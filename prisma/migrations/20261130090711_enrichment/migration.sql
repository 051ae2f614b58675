-- CreateEnum
CREATE TYPE "EnrichmentAnswer" AS ENUM ('FOUND', 'NOT_FOUND');

-- CreateEnum
CREATE TYPE "EnrichmentFailure" AS ENUM ('BLOCKED', 'FAILED');

-- AlterTable
ALTER TABLE "profile" ADD COLUMN     "language" TEXT;

-- CreateTable
CREATE TABLE "enrichment" (
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "item" TEXT,
    "about" JSONB NOT NULL,
    "answer" "EnrichmentAnswer",
    "facts" JSONB,
    "page_key" TEXT,
    "validators" JSONB,
    "fetched_at" TIMESTAMPTZ(3),
    "fresh_until" TIMESTAMPTZ(3),
    "failure" "EnrichmentFailure",
    "error_code" TEXT,
    "error_message" TEXT,
    "failed_at" TIMESTAMPTZ(3),
    "retry_at" TIMESTAMPTZ(3),
    "wanted_at" TIMESTAMPTZ(3),
    "priority" INTEGER NOT NULL DEFAULT 0,
    "attempts" SMALLINT NOT NULL DEFAULT 0,
    "leased_by" UUID,
    "leased_until" TIMESTAMPTZ(3),

    CONSTRAINT "enrichment_pkey" PRIMARY KEY ("kind","subject")
);

-- CreateTable
CREATE TABLE "source" (
    "name" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "gap_ms" INTEGER,

    CONSTRAINT "source_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "source_host" (
    "host" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "taken_by" UUID,
    "taken_until" TIMESTAMPTZ(3),
    "next_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "breaker" JSONB,
    "open_until" TIMESTAMPTZ(3),
    "robots_status" SMALLINT,
    "robots_text" TEXT,
    "robots_fetched_at" TIMESTAMPTZ(3),
    "pages_read" BIGINT NOT NULL DEFAULT 0,
    "last_read_at" TIMESTAMPTZ(3),

    CONSTRAINT "source_host_pkey" PRIMARY KEY ("host")
);

-- What is waited for, in the order in which it is read; most rows are not.
CREATE INDEX "enrichment_wanted" ON "enrichment"("kind", "priority", "wanted_at", "subject") WHERE "wanted_at" IS NOT NULL;

-- Which rows a page was read for.
CREATE INDEX "enrichment_page_key" ON "enrichment"("kind", "page_key") WHERE "page_key" IS NOT NULL;

-- Titles by their ids elsewhere.
CREATE INDEX "enrichment_wikidata_id" ON "enrichment"(("facts" ->> 'wikidataId')) WHERE "kind" = 'wikidata-item';
CREATE INDEX "enrichment_rotten_tomatoes_id" ON "enrichment"(("facts" ->> 'rottenTomatoesId')) WHERE "kind" = 'wikidata-item';
CREATE INDEX "enrichment_netflix_id" ON "enrichment"(("facts" ->> 'netflixId')) WHERE "kind" = 'wikidata-item';
CREATE INDEX "enrichment_articles" ON "enrichment" USING gin (("facts" -> 'articles') jsonb_path_ops) WHERE "kind" = 'wikidata-item';

-- Items that others wait for.
CREATE INDEX "enrichment_items_to_come" ON "enrichment"("subject") WHERE "kind" = 'wikidata-item' AND "wanted_at" IS NOT NULL AND "answer" IS NULL;
