-- CreateTable
CREATE TABLE "refused_page" (
    "source" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "error_code" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "refused_page_pkey" PRIMARY KEY ("source","kind","key")
);

-- What waits for an item of Wikidata that may come by another way.
CREATE INDEX "enrichment_item_needed" ON "enrichment"("item") WHERE "error_code" = 'WIKIDATA_NEEDED';
