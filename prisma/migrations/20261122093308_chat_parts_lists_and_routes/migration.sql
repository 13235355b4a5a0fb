-- AlterTable
ALTER TABLE "ChatChannel" ADD COLUMN     "digestAt" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "ChatCopy" ADD COLUMN     "listedIn" INTEGER,
ADD COLUMN     "parts" JSONB NOT NULL DEFAULT '[]';

-- AlterTable
ALTER TABLE "Route" ADD COLUMN     "amountBelow" DECIMAL(18,3),
ADD COLUMN     "amountFrom" DECIMAL(18,3),
ADD COLUMN     "intents" TEXT[],
ADD COLUMN     "risks" TEXT[];

-- CreateIndex
CREATE INDEX "ChatCopy_listedIn_idx" ON "ChatCopy"("listedIn");