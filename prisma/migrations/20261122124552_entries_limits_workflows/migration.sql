-- AlterTable
ALTER TABLE "DebtorEntry" ADD COLUMN     "editedById" INTEGER,
ADD COLUMN     "firstVoteById" INTEGER,
ADD COLUMN     "remindedAt" TIMESTAMPTZ(3),
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "why" JSONB,
ALTER COLUMN "staffId" DROP NOT NULL;

-- CreateTable
CREATE TABLE "WorkflowAssignment" (
    "id" SERIAL NOT NULL,
    "debtorId" INTEGER NOT NULL,
    "workflow" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "staffId" INTEGER,
    "settingsVersion" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "takenBackAt" TIMESTAMPTZ(3),

    CONSTRAINT "WorkflowAssignment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DebtorLimit" (
    "id" SERIAL NOT NULL,
    "debtorId" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "amount" DECIMAL(18,3) NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "source" TEXT NOT NULL,
    "decidedById" INTEGER,
    "insurer" TEXT,
    "setAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "DebtorLimit_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "WorkflowAssignment_debtorId_idx" ON "WorkflowAssignment"("debtorId");

-- CreateIndex
CREATE INDEX "DebtorLimit_debtorId_kind_idx" ON "DebtorLimit"("debtorId", "kind");

-- AddForeignKey
ALTER TABLE "DebtorLimit" ADD CONSTRAINT "DebtorLimit_debtorId_fkey" FOREIGN KEY ("debtorId") REFERENCES "Debtor"("id") ON DELETE CASCADE ON UPDATE CASCADE;
