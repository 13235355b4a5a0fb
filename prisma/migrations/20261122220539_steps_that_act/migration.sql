-- AlterTable
ALTER TABLE "DebtorEntry" ADD COLUMN     "autonomy" JSONB;

-- CreateTable
CREATE TABLE "StepGrant" (
    "id" SERIAL NOT NULL,
    "workflow" TEXT NOT NULL,
    "step" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "grantedAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "endReason" TEXT,
    "endedById" INTEGER,
    "endEntryId" INTEGER,

    CONSTRAINT "StepGrant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DunningChange" (
    "id" SERIAL NOT NULL,
    "debtorId" INTEGER NOT NULL,

    CONSTRAINT "DunningChange_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "StepGrant_workflow_step_idx" ON "StepGrant"("workflow", "step");