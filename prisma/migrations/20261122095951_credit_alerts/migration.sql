-- CreateTable
CREATE TABLE "CreditAlert" (
    "id" SERIAL NOT NULL,
    "companyId" INTEGER NOT NULL,
    "administrationId" INTEGER NOT NULL,
    "criterion" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "urgency" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "before" JSONB,
    "value" JSONB NOT NULL,
    "steps" JSONB NOT NULL DEFAULT '[]',
    "fact" TEXT NOT NULL,
    "raisedAt" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "snoozedUntil" TIMESTAMPTZ(3),
    "decidedAt" TIMESTAMPTZ(3),
    "decidedById" INTEGER,

    CONSTRAINT "CreditAlert_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "CreditAlert_status_idx" ON "CreditAlert"("status");

-- CreateIndex
CREATE UNIQUE INDEX "CreditAlert_companyId_administrationId_fact_key" ON "CreditAlert"("companyId", "administrationId", "fact");

-- AddForeignKey
ALTER TABLE "CreditAlert" ADD CONSTRAINT "CreditAlert_companyId_fkey" FOREIGN KEY ("companyId") REFERENCES "CreditCompany"("id") ON DELETE CASCADE ON UPDATE CASCADE;