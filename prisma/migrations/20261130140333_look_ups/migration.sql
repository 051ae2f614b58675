-- CreateTable
CREATE TABLE "look_up" (
    "account_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "match_id" UUID NOT NULL,
    "languages" TEXT[],
    "answered_at" TIMESTAMPTZ(3),
    "wants_facts" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "look_up_pkey" PRIMARY KEY ("account_id","name")
);

-- CreateIndex
CREATE INDEX "look_up_name_idx" ON "look_up"("name");

-- AddForeignKey
ALTER TABLE "look_up" ADD CONSTRAINT "look_up_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
