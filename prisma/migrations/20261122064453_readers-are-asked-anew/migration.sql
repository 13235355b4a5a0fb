-- AlterTable
ALTER TABLE "ChatPost" DROP COLUMN "disclosure";