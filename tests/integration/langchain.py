"""Opens an index that Accession wrote as the vector worker does, says what it finds, and adds a book of its own."""

import json
import sys

from langchain_community.vectorstores import FAISS
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings


class Zeros(Embeddings):
    """Only what is added here is embedded; what is there already keeps its vectors."""

    def __init__(self, dimensions):
        self.dimensions = dimensions

    def embed_documents(self, texts):
        return [[0.5] * self.dimensions for _ in texts]

    def embed_query(self, text):
        return [0.5] * self.dimensions


directory, dimensions = sys.argv[1], int(sys.argv[2])
store = FAISS.load_local(directory, Zeros(dimensions), allow_dangerous_deserialization=True)
documents = [store.docstore.search(store.index_to_docstore_id[at]) for at in range(store.index.ntotal)]
assert all(isinstance(document, Document) for document in documents)
first = []
for at, document in enumerate(documents):
    [found] = store.similarity_search_by_vector(store.index.reconstruct(at).tolist(), k=1)
    first.append([document.page_content, found.page_content])
print(
    json.dumps(
        {
            "ntotal": store.index.ntotal,
            "documents": len(store.docstore._dict),
            "metadata": [document.metadata for document in documents],
            "first": first,
        }
    )
)
store.add_texts(["A book from Python"], metadatas=[{"book_id": "PY-1"}])
store.save_local(directory)
