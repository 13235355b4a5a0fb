-- AlterTable
ALTER TABLE "StaffPreference" ADD COLUMN     "tiles" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "view" TEXT;

-- CreateTable
CREATE TABLE "DebtorEntry" (
    "id" SERIAL NOT NULL,
    "debtorId" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "staffId" INTEGER NOT NULL,
    "formKey" TEXT NOT NULL,
    "surface" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "result" JSONB,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decidedAt" TIMESTAMPTZ(3),
    "decidedById" INTEGER,

    CONSTRAINT "DebtorEntry_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "DebtorEntry_formKey_key" ON "DebtorEntry"("formKey");

-- CreateIndex
CREATE INDEX "DebtorEntry_status_idx" ON "DebtorEntry"("status");

-- CreateIndex
CREATE INDEX "DebtorEntry_debtorId_idx" ON "DebtorEntry"("debtorId");