-- AlterTable
ALTER TABLE "ChatAccount" ADD COLUMN     "awayAsked" TEXT;