-- Under collation C an index on a text finds its beginnings as well (LIKE 'ABC%'), whatever the locale of the server.
ALTER TABLE "Debtor" ALTER COLUMN "number" TYPE TEXT COLLATE "C";
ALTER TABLE "Invoice" ALTER COLUMN "searchNumber" TYPE TEXT COLLATE "C";

-- CreateTable
CREATE TABLE "SavedSearch" (
    "id" SERIAL NOT NULL,
    "owner" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "shared" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SavedSearch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Segment" (
    "key" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "priority" INTEGER NOT NULL,
    "strategy" TEXT,

    CONSTRAINT "Segment_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "SavedSearch_owner_key_key" ON "SavedSearch"("owner", "key");

-- CreateIndex
CREATE INDEX "Contact_name_idx" ON "Contact" USING GIN ("name" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Debtor_number_idx" ON "Debtor"("number");

-- CreateIndex
CREATE INDEX "Invoice_poNumber_idx" ON "Invoice"("poNumber");
