-- CreateTable
CREATE TABLE "profile_alias" (
    "account_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "profile_id" UUID NOT NULL,
    "from_file" BOOLEAN NOT NULL,

    CONSTRAINT "profile_alias_pkey" PRIMARY KEY ("account_id","name")
);

-- CreateIndex
CREATE INDEX "profile_alias_account_id_profile_id_idx" ON "profile_alias"("account_id", "profile_id");

-- AddForeignKey
ALTER TABLE "profile_alias" ADD CONSTRAINT "profile_alias_account_id_profile_id_fkey" FOREIGN KEY ("account_id", "profile_id") REFERENCES "profile"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Profiles that are there were found by their names so far.
INSERT INTO "profile_alias" ("account_id", "name", "profile_id", "from_file")
SELECT "account_id", "name", "id", false FROM "profile";
