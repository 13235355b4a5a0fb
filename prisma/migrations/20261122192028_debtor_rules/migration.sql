-- CreateTable
CREATE TABLE "DebtorRule" (
    "debtorId" INTEGER NOT NULL,
    "rule" TEXT NOT NULL,
    "tone" TEXT,
    "collector" TEXT,
    "channel" TEXT,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "DebtorRule_pkey" PRIMARY KEY ("debtorId")
);