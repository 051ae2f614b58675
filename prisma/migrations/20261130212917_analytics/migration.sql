-- AlterTable
ALTER TABLE "enrichment" ADD COLUMN     "changed_in" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "profile" ADD COLUMN     "history_version" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "thresholds" JSONB NOT NULL DEFAULT '{}';

-- CreateIndex
CREATE INDEX "enrichment_changed_in_idx" ON "enrichment"("changed_in");
