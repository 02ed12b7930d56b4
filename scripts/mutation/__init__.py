"""Mutation of the law and of the engine that reads it: is every value and every comparison held by a golden case?"""
